// Where class Resource looks for its files.

#ifndef DESK_RESOURCE_H
#define DESK_RESOURCE_H

// `folder` is [PREFIX=]DIR of the command line.
void deskAddResources(char *folder);

#endif
