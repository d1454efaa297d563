// Paho's clients watch their connections by themselves: silent.
//
// REQUIRES: package-libpaho-mqtt-dev, package-libpaho-mqttpp-dev
// RUN: %check_leaks %s leak-missing-deadline --silent -- -std=c++17

#include <MQTTClient.h>
#include <mqtt/async_client.h>
#include <mqtt/client.h>

void goodToken(mqtt::async_client &client) {
  client.publish("topic", "text", 4, 1, false)->wait();
}

void goodTokenTime() {
  mqtt::async_client client("tcp://broker:1883", "me");
  client.connect()->wait_for(std::chrono::seconds(5));
  client.publish("topic", "text", 4, 1, false)->wait_for(std::chrono::seconds(5));
}

// Each call has a limit of its own.
void goodClient() {
  mqtt::client client("tcp://broker:1883", "me");
  client.connect();
  client.publish("topic", "text", 4, 1, false);
  client.disconnect();
}

void goodC(MQTTClient client, MQTTClient_deliveryToken token) {
  MQTTClient_connectOptions options = MQTTClient_connectOptions_initializer;
  MQTTClient_connect(client, &options);
  MQTTClient_waitForCompletion(client, token, 1000);
}
