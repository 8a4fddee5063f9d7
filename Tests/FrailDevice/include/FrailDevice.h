// An ALSA playback device that keeps a sound card's time and stumbles when it is told to. ALSA loads it by its name:
//
//   pcm_type.frail { lib "…/libFrailDevice.so" }
//   pcm.frail { type frail folder "FOLDER" }
//
// What is handed over is appended to FOLDER/heard.raw. A file FOLDER/sleep puts it to sleep, as a laptop's lid does, and is
// taken away when that has happened; while FOLDER/unplugged exists, it is gone.
#pragma once
