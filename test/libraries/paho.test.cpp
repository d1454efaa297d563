// The Eclipse Paho MQTT clients for C and C++, from the real headers: what each call is taken for.
//
// REQUIRES: package-libpaho-mqttpp-dev
// REQUIRES: package-libpaho-mqtt-dev
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/paho.yaml -- -std=c++17
// RUN: %check_roles %s -- -std=c++17

// clang-format off

#include <MQTTAsync.h>
#include <MQTTClient.h>
#include <mqtt/async_client.h>
#include <mqtt/client.h>
#include <mqtt/delivery_token.h>
#include <mqtt/thread_queue.h>
#include <mqtt/token.h>

#include <chrono>
#include <string>
#include <thread>

using std::chrono::seconds;
using std::chrono::steady_clock;

void work();
bool more();

// C

void badReceive(MQTTClient Client) {
  char *Topic = nullptr;
  int Size = 0;
  MQTTClient_message *Message = nullptr;
  while (MQTTClient_receive(Client, &Topic, &Size, &Message, ~0UL) == MQTTCLIENT_SUCCESS) // ROLE: MQTTClient_receive block
    work();
}

int goodClient(MQTTClient_message *Message) {
  MQTTClient Client;
  if (MQTTClient_create(&Client, "tcp://localhost:1883", "id", MQTTCLIENT_PERSISTENCE_NONE, nullptr))
    return -1;
  MQTTClient_connectOptions Options = MQTTClient_connectOptions_initializer;
  Options.connectTimeout = 5;
  MQTTClient_setCommandTimeout(Client, 1000); // ROLE: MQTTClient_setCommandTimeout set-deadline
  int Result = MQTTClient_connect(Client, &Options); // ROLE: MQTTClient_connect block
  MQTTClient_deliveryToken Token;
  MQTTClient_subscribe(Client, "topic", 1); // ROLE: MQTTClient_subscribe block
  MQTTClient_publishMessage(Client, "topic", Message, &Token); // ROLE: MQTTClient_publishMessage block
  MQTTClient_waitForCompletion(Client, Token, 1000); // ROLE: MQTTClient_waitForCompletion block
  MQTTClient_unsubscribe(Client, "topic"); // ROLE: MQTTClient_unsubscribe block
  MQTTClient_disconnect(Client, 1000); // ROLE: MQTTClient_disconnect block
  MQTTClient_destroy(&Client);
  return Result;
}

void goodVersion5(MQTTClient Client, MQTTClient_connectOptions *Options, MQTTClient_message *Message) {
  MQTTClient_connect5(Client, Options, nullptr, nullptr); // ROLE: MQTTClient_connect5 block
  MQTTClient_subscribe5(Client, "topic", 1, nullptr, nullptr); // ROLE: MQTTClient_subscribe5 block
  MQTTClient_publishMessage5(Client, "topic", Message, nullptr); // ROLE: MQTTClient_publishMessage5 block
  MQTTClient_disconnect5(Client, 1000, MQTTREASONCODE_SUCCESS, nullptr); // ROLE: MQTTClient_disconnect5 block
}

void badAsyncC(MQTTAsync Client, MQTTAsync_token Token) { MQTTAsync_waitForCompletion(Client, Token, ~0UL); } // ROLE: MQTTAsync_waitForCompletion block

int goodAsyncC(MQTTAsync Client, MQTTAsync_token Token) { return MQTTAsync_waitForCompletion(Client, Token, 1000); } // ROLE: MQTTAsync_waitForCompletion block

// C++: tokens

void badToken(mqtt::async_client &Client) { Client.connect()->wait(); } // ROLE: mqtt::token wait, mqtt::async_client start

bool goodToken(mqtt::async_client &Client) {
  mqtt::token_ptr Token = Client.connect(); // ROLE: mqtt::async_client start
  if (!Token->wait_for(seconds(1))) // ROLE: mqtt::token try-wait
    return false;
  mqtt::delivery_token_ptr Delivery = Client.publish("topic", std::string("text")); // ROLE: mqtt::async_client start
  return Delivery->wait_until(steady_clock::now() + seconds(1)) && Client.disconnect()->try_wait(); // ROLE: mqtt::delivery_token try-wait, mqtt::token try-wait, mqtt::async_client start
}

void goodResponses(mqtt::iasync_client &Client, mqtt::token &Token) {
  Client.subscribe("topic", 1); // ROLE: mqtt::iasync_client start
  Client.unsubscribe("topic"); // ROLE: mqtt::iasync_client start
  Client.reconnect(); // ROLE: mqtt::iasync_client start
  if (Token.try_wait()) // ROLE: mqtt::token try-wait
    Token.get_connect_response(); // ROLE: mqtt::token wait
}

bool goodDelivery(mqtt::delivery_token &Token) {
  if (!Token.try_wait()) // ROLE: mqtt::delivery_token try-wait
    Token.wait(); // ROLE: mqtt::delivery_token wait
  return Token.wait_for(1000); // ROLE: mqtt::delivery_token try-wait
}

// C++: consuming

void badConsume(mqtt::async_client &Client) {
  Client.start_consuming();
  while (true)
    if (Client.consume_message()) // ROLE: mqtt::async_client block
      work();
}

void goodConsume(mqtt::async_client &Client) {
  Client.start_consuming();
  mqtt::const_message_ptr Message;
  while (more())
    if (Client.try_consume_message_for(&Message, seconds(1))) // ROLE: mqtt::async_client block
      work();
  if (Client.try_consume_message_until(&Message, steady_clock::now() + seconds(1))) // ROLE: mqtt::async_client block
    work();
  if (Client.try_consume_message_for(seconds(1))) // ROLE: mqtt::async_client block
    work();
  Client.stop_consuming();
}

// C++: the synchronous client

void badClient(mqtt::client &Client) {
  Client.connect(); // ROLE: mqtt::client block
  Client.publish("topic", "text", 4); // ROLE: mqtt::client block
  mqtt::const_message_ptr Message = Client.consume_message(); // ROLE: mqtt::client block
}

void goodSyncClient(mqtt::client &Client) {
  Client.set_timeout(seconds(5)); // ROLE: mqtt::client set-deadline
  Client.connect(); // ROLE: mqtt::client block
  Client.start_consuming();
  Client.subscribe("topic", 1); // ROLE: mqtt::client block
  mqtt::const_message_ptr Message;
  while (more())
    Client.try_consume_message_for(&Message, seconds(1)); // ROLE: mqtt::client block
  Client.stop_consuming();
  Client.unsubscribe("topic"); // ROLE: mqtt::client block
  Client.disconnect(1000); // ROLE: mqtt::client block
}

void goodReconnect(mqtt::client &Client) {
  Client.disconnect(); // ROLE: mqtt::client block
  Client.reconnect(); // ROLE: mqtt::client block
}

// C++: the queue

void badQueue(mqtt::thread_queue<int> &Queue) {
  std::thread Consumer([&Queue] { // ROLE: std::thread start
    while (true)
      Queue.get(); // ROLE: mqtt::thread_queue receive
  });
  Queue.put(1); // ROLE: mqtt::thread_queue send
  Consumer.join(); // ROLE: std::thread join
}

void goodQueue(mqtt::thread_queue<int> &Queue) {
  std::thread Consumer([&Queue] { // ROLE: std::thread start
    int Value = 0;
    while (Queue.try_get_for(&Value, seconds(1))) // ROLE: mqtt::thread_queue try-receive
      work();
  });
  if (!Queue.try_put(1)) // ROLE: mqtt::thread_queue try-send
    work();
  Consumer.join(); // ROLE: std::thread join
  int Value = 0;
  if (Queue.try_get(&Value) || Queue.try_get_until(&Value, steady_clock::now() + seconds(1))) // ROLE: mqtt::thread_queue try-receive, mqtt::thread_queue try-receive
    work();
}
