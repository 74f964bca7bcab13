// The engine as a server, against whatever comes.

#include "stream.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length)
{
	stream_test(TLS_SERVER, data, length);
	return 0;
}

void fuzz_make_seeds(void)
{
	stream_make_seeds(TLS_SERVER);
}
