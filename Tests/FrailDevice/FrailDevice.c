#define _GNU_SOURCE
#define PIC 1
#include "FrailDevice.h"

#include <alsa/asoundlib.h>
#include <alsa/pcm_external.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

typedef struct {
  snd_pcm_ioplug_t io;
  int folder;
  int output;
  uint64_t started;  // nanoseconds
  uint64_t written;  // frames since prepare
} Device;

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

static int exists(int folder, const char *name) { return faccessat(folder, name, F_OK, 0) == 0; }

static int start(snd_pcm_ioplug_t *io) {
  ((Device *)io->private_data)->started = now();
  return 0;
}

static int stop(snd_pcm_ioplug_t *io) { return 0; }

static int prepare(snd_pcm_ioplug_t *io) {
  Device *device = io->private_data;
  device->written = 0;
  uint64_t period = (uint64_t)io->period_size * 1000000000 / io->rate;
  struct timespec step = {.tv_sec = (time_t)(period / 1000000000), .tv_nsec = (long)(period % 1000000000)};
  struct itimerspec times = {.it_interval = step, .it_value = step};
  return timerfd_settime(io->poll_fd, 0, &times, NULL) == 0 ? 0 : -errno;
}

static snd_pcm_sframes_t pointer(snd_pcm_ioplug_t *io) {
  Device *device = io->private_data;
  if (exists(device->folder, "unplugged")) {
    snd_pcm_ioplug_set_state(io, SND_PCM_STATE_DISCONNECTED);
  } else if (unlinkat(device->folder, "sleep", 0) == 0) {
    snd_pcm_ioplug_set_state(io, SND_PCM_STATE_SUSPENDED);
  }
  if (io->state == SND_PCM_STATE_PREPARED) return 0;
  uint64_t played = (now() - device->started) * io->rate / 1000000000;
  if (played >= device->written) return -EPIPE;
  return (snd_pcm_sframes_t)(played % io->buffer_size);
}

static snd_pcm_sframes_t transfer(snd_pcm_ioplug_t *io, const snd_pcm_channel_area_t *areas,
                                  snd_pcm_uframes_t offset, snd_pcm_uframes_t size) {
  Device *device = io->private_data;
  size_t frame = areas->step / 8;
  const char *bytes = (const char *)areas->addr + areas->first / 8 + offset * frame;
  if (write(device->output, bytes, size * frame) < 0) return -errno;
  device->written += size;
  return (snd_pcm_sframes_t)size;
}

static int resume(snd_pcm_ioplug_t *io) {
  snd_pcm_ioplug_set_state(io, SND_PCM_STATE_RUNNING);
  return 0;
}

static int poll_revents(snd_pcm_ioplug_t *io, struct pollfd *descriptors, unsigned int count,
                        unsigned short *events) {
  uint64_t periods;
  ssize_t expired = read(io->poll_fd, &periods, sizeof periods);
  *events = expired > 0 ? POLLOUT : 0;
  return 0;
}

static int close_device(snd_pcm_ioplug_t *io) {
  Device *device = io->private_data;
  close(io->poll_fd);
  close(device->output);
  close(device->folder);
  free(device);
  return 0;
}

static const snd_pcm_ioplug_callback_t callbacks = {
    .start = start,
    .stop = stop,
    .prepare = prepare,
    .pointer = pointer,
    .transfer = transfer,
    .resume = resume,
    .poll_revents = poll_revents,
    .close = close_device,
};

static int constrain(snd_pcm_ioplug_t *io) {
  unsigned int access = SND_PCM_ACCESS_RW_INTERLEAVED, format = SND_PCM_FORMAT_FLOAT_LE;
  int status = snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_ACCESS, 1, &access);
  if (status >= 0) status = snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_FORMAT, 1, &format);
  if (status >= 0) status = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_CHANNELS, 2, 2);
  if (status >= 0) status = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_RATE, 48000, 48000);
  return status;
}

SND_PCM_PLUGIN_DEFINE_FUNC(frail) {
  const char *folder = NULL;
  snd_config_t *entry;
  if (snd_config_search(conf, "folder", &entry) < 0) return -EINVAL;
  if (snd_config_get_string(entry, &folder) < 0) return -EINVAL;
  Device *device = calloc(1, sizeof *device);
  device->folder = open(folder, O_DIRECTORY | O_CLOEXEC);
  if (device->folder < 0 || exists(device->folder, "unplugged")) {
    close(device->folder);
    free(device);
    return -ENODEV;
  }
  device->output = openat(device->folder, "heard.raw", O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  device->io = (snd_pcm_ioplug_t){
      .version = SND_PCM_IOPLUG_VERSION,
      .name = "a frail device",
      .poll_fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC),
      .poll_events = POLLIN,
      .callback = &callbacks,
      .private_data = device,
  };
  int status = snd_pcm_ioplug_create(&device->io, name, stream, mode);
  if (status < 0) {
    close_device(&device->io);
    return status;
  }
  status = constrain(&device->io);
  if (status < 0) {
    snd_pcm_ioplug_delete(&device->io);
    return status;
  }
  *pcmp = device->io.pcm;
  return 0;
}

SND_PCM_PLUGIN_SYMBOL(frail)
