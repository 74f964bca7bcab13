// What a server is given for a ticket. The first byte: bit 0 for TLS 1.3, bit 1 for one whose key the fuzzer has.

#include "fuzz.h"
#include "tickets.h"

#include <stdlib.h>

#include "open-crypto.h"
#include "random.h"
#include "resumption/tls-resumption-internal.h"

enum { IS_1_3 = 1, HAS_KEY = 2 };

static ticket_giver *giver_of(bool is_1_3)
{
	static ticket_giver givers[2];

	if (!givers[is_1_3].session) {
		fuzz_stop_clock();
		random_seed(3);
		givers[is_1_3] = tickets_begin(is_1_3 ? TLS13 : TLS12);
	}
	return &givers[is_1_3];
}

static void run(const uint8_t *data, size_t length)
{
	ticket_giver *giver = giver_of(data[0] & IS_1_3);
	uint8_t *ticket = malloc(length);

	memcpy(ticket, data + 1, --length);
	if (data[0] & HAS_KEY && length >= TLS_TICKET_NAME) {
		memcpy(ticket, giver->ends.store->keys[0].name, TLS_TICKET_NAME);
		open_crypto(OPEN_TICKETS);
	}
	tickets_read(giver, ticket, length);
	open_crypto(0);
	free(ticket);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length)
{
	if (length)
		fuzz_check_leaks(run, data, length);
	return 0;
}

static void put_ticket(uint8_t flags, const char *name)
{
	ticket_giver *giver = giver_of(flags & IS_1_3);
	uint8_t input[2048] = {flags};
	size_t length;

	open_crypto(flags & HAS_KEY ? OPEN_TICKETS : 0);
	length = tickets_write(giver, input + 1, sizeof(input) - 1);
	fuzz_check(tickets_read(giver, input + 1, length), "a good ticket is good");
	open_crypto(0);
	fuzz_put_seed(name, input, 1 + length);
}

void fuzz_make_seeds(void)
{
	put_ticket(0, "ticket 1.2");
	put_ticket(IS_1_3, "ticket 1.3");
	put_ticket(HAS_KEY, "open 1.2");
	put_ticket(HAS_KEY | IS_1_3, "open 1.3");
}
