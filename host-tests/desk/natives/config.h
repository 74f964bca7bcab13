// The values of mc/config.

#ifndef DESK_CONFIG_H
#define DESK_CONFIG_H

// `pair` is KEY=VALUE of the command line.
void deskAddConfig(const char *pair);

#endif
