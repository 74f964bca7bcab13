// How many steps tls-curve-*.c were asked for, counted by the linker's --wrap: what a multiplication costs
// when they are not engaged no result shows.

#ifndef ENGINE_CURVE_STEPS_H
#define ENGINE_CURVE_STEPS_H

typedef struct {
	unsigned p256, x25519;
} curve_steps;

extern curve_steps curve_steps_done;

#endif
