// --exact-room: of XS's chunks there is what has been asked for, and no more. Who takes more than he asks for ends the desk at once, however
// much is free: elsewhere that takes many clients at the same time. It holds within a turn, for what is granted is
// for what runs next. Between two questions there are `unasked` bytes: what a place may take without a question.

#include "xsAll.h"

#include "exact-room.h"
#include "xs/xs-memory.h"

static txSize unasked = -1;
// Not while the program starts: from when a server has made room for its places.
static txBoolean isServing = 0;

void deviceSetExactRoom(size_t bytes)
{
	unasked = (txSize)bytes;
}

static txBoolean isExact(void)
{
	return isServing && unasked >= 0;
}

static void leave(txMachine *the, txSize bytes)
{
	deviceCapChunks(the, (size_t)(bytes > unasked ? bytes : unasked) + (size_t)the->minimumChunksSize);
}

void memoryEndTurn(txMachine *the)
{
	if (isExact())
		leave(the, 0);
}

// As the linker names what is asked, and what asks in its place (--wrap).
void __real_xs_xstls_xs_has_room(txMachine *the);
void __wrap_xs_xstls_xs_has_room(txMachine *the);
void __real_xs_xstls_xs_make_room(txMachine *the);
void __wrap_xs_xstls_xs_make_room(txMachine *the);

// With slots it is asked for what others may take as well, later: that is room for more than what runs next.
void __wrap_xs_xstls_xs_has_room(txMachine *the)
{
	txSize slots = fxToInteger(the, mxArgv(0)), chunks = fxToInteger(the, mxArgv(1));
	size_t before = deviceLiftCap();

	__real_xs_xstls_xs_has_room(the);
	if (!isExact())
		return;
	if (!mxResult->value.boolean) {
		deviceSetCap(before);
		return;
	}
	leave(the, chunks);
	if (slots)
		deviceRaiseCap(before);
}

void __wrap_xs_xstls_xs_make_room(txMachine *the)
{
	deviceLiftCap();
	__real_xs_xstls_xs_make_room(the);
	isServing = 1;
	memoryEndTurn(the);
}
