// Ends the process when it doesn't answer any more.
#pragma once

// Checks once that the machine's clock can be read on another thread.
bool selfTest();

bool startWatchdog(int seconds);
void feedWatchdog();
