// The partitions of class Flash.

#ifndef DESK_FLASH_H
#define DESK_FLASH_H

// `partition` is NAME=FILE of the command line.
void deskAddFlash(const char *partition);

#endif
