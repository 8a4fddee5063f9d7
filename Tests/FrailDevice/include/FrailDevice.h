// An ALSA playback device for tests: it plays in real time like a sound card, and fails on request. ALSA loads
// it as a plugin:
//
//   pcm_type.frail { lib "…/libFrailDevice.so" }
//   pcm.frail { type frail folder "FOLDER" }
//
// Written frames are appended to FOLDER/heard.raw. If a file FOLDER/sleep exists, the device enters the suspended
// state once, as when a laptop's lid is closed, and removes the file. While FOLDER/unplugged exists, it is
// disconnected.
#pragma once
