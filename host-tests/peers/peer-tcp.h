// TCP on 127.0.0.1 for the programs here; each ends the program with a word when it fails.
#ifndef PEER_TCP_H
#define PEER_TCP_H

/** Connected to that port. */
int peer_connect(const char *port);

/** Listening on a port of the system's choice, which is printed. */
int peer_listen(void);

/** The next connection. */
int peer_accept(int listener);

#endif
