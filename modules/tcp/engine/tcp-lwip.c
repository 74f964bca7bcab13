#include "tcp-lwip.h"

#include "lwip/priv/tcpip_priv.h"

typedef struct {
	struct tcpip_api_call_data call; // first: lwIP hands this back
	void (*work)(void *argument);
	void *argument;
} Call;

static err_t run(struct tcpip_api_call_data *data)
{
	Call *call = (Call *)data;

	call->work(call->argument);
	return ERR_OK;
}

bool xstls_lwip_run(void (*work)(void *argument), void *argument)
{
	Call call = {.work = work, .argument = argument};

	return tcpip_api_call(run, &call.call) == ERR_OK;
}
