// Modules timer and time.

#include <stdlib.h>
#include <time.h>

#include "loop.h"
#include "natives/desk.h"

typedef struct {
	LoopTimer timer;
	xsMachine *the;
	xsSlot self;
	xsSlot callback;
	int64_t interval; // microseconds between repetitions, 0 for none
	bool firing;
	bool resting; // waits to be scheduled again
} Timer;

static void destroy(void *data)
{
	if (!data)
		return;
	loopUnschedule(data);
	free(data);
}

static void mark(xsMachine *the, void *data, xsMarkRoot markRoot)
{
	Timer *timer = data;
	if (timer)
		(*markRoot)(the, &timer->callback);
}

static const xsHostHooks hooks = {destroy, mark, NULL};

// The object stays with its callback's closure, but it is no timer any more.
static void release(xsMachine *the, Timer *timer)
{
	xsSlot self = timer->self;
	xsForget(timer->self);
	xsmcSetHostData(self, NULL);
	if (timer->firing)
		timer->the = NULL; // fire() frees it
	else
		destroy(timer);
}

static void fire(LoopTimer *due)
{
	Timer *timer = (Timer *)due;
	xsMachine *the = timer->the;
	xsSlot self = timer->self;
	timer->firing = true;
	if (timer->interval) {
		// A late repetition does not make the next ones come in a burst.
		int64_t next = due->when + timer->interval, now = loopNow();
		loopSchedule(due, next > now ? next : now + timer->interval);
	}
	deskCall(the, &timer->callback, &xsGlobal, &self);
	timer->firing = false;
	if (!timer->the)
		destroy(timer);
	else if (!loopIsScheduled(due) && !timer->resting)
		release(the, timer);
}

// Milliseconds of argument `index` in microseconds, 0 when it is absent or negative.
static int64_t interval(xsMachine *the, int index)
{
	xsNumberValue milliseconds = xsmcArgc > index ? xsmcToNumber(xsArg(index)) : 0;
	if (!(milliseconds > 0))
		return 0;
	return milliseconds > INT32_MAX ? (int64_t)INT32_MAX * 1000 : (int64_t)(milliseconds * 1000);
}

static void create(xsMachine *the, int64_t first, int64_t repeat)
{
	Timer *timer;
	if (xsmcArgc < 1 || !fxIsCallable(the, &xsArg(0)))
		deskThrow(the, "TypeError", "the timer's callback is not a function");
	xsResult = xsNewHostObject(NULL);
	timer = calloc(1, sizeof(Timer));
	if (!timer)
		deskThrow(the, "Error", "no memory for a timer");
	timer->timer.fire = fire;
	timer->the = the;
	timer->callback = xsArg(0);
	timer->interval = repeat;
	timer->self = xsResult;
	xsmcSetHostData(xsResult, timer);
	xsSetHostHooks(xsResult, &hooks);
	xsRemember(timer->self);
	loopSchedule(&timer->timer, loopNow() + first);
}

void xs_desk_timer_set(xsMachine *the)
{
	create(the, interval(the, 1), interval(the, 2));
}

void xs_desk_timer_repeat(xsMachine *the)
{
	int64_t repeat = interval(the, 1);
	create(the, repeat, repeat);
}

// Without an interval the timer rests until it is scheduled again or cleared.
void xs_desk_timer_schedule(xsMachine *the)
{
	Timer *timer = xsmcGetHostDataValidate(xsArg(0), (void *)&hooks);
	if (!timer)
		deskThrow(the, "Error", "the timer is over");
	if (xsmcArgc < 2 || deskIsUndefined(the, &xsArg(1))) {
		loopUnschedule(&timer->timer);
		timer->resting = true;
		return;
	}
	timer->resting = false;
	timer->interval = interval(the, 2);
	loopSchedule(&timer->timer, loopNow() + interval(the, 1));
}

void xs_desk_timer_clear(xsMachine *the)
{
	Timer *timer;
	if (xsmcArgc < 1 || fxTypeOf(the, &xsArg(0)) != xsReferenceType)
		return;
	timer = xsmcGetHostDataValidate(xsArg(0), (void *)&hooks);
	if (!timer)
		return;
	loopUnschedule(&timer->timer);
	release(the, timer);
}

void xs_desk_timer_delay(xsMachine *the)
{
	int64_t wait = interval(the, 0);
	struct timespec rest = {wait / 1000000, wait % 1000000 * 1000};
	while (nanosleep(&rest, &rest))
		;
}

static double sinceStart(double unit)
{
	static int64_t start = 0;
	if (!start)
		start = loopNow();
	return (double)(loopNow() - start) / unit;
}

void xs_desk_time_ticks(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)sinceStart(1000));
}

void xs_desk_time_microseconds(xsMachine *the)
{
	xsmcSetNumber(xsResult, sinceStart(1));
}
