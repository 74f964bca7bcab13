// Glue for the native half of Session (session.ts).
//
// The engine never calls into XS, so a pointer into a chunk is valid during one call of the engine. Parameters are
// converted before the session is looked up, for a conversion may run JavaScript that frees the session.

#include "tls-session-xs.h"
#include "tls-context-xs.h"

#include "session/tls-client-session.h"

enum {
	CIPHER_NAME_CAPACITY = 64,
	HOST_NAME_CAPACITY = 256, // 253 characters (RFC 1035 §2.3.4) and some
};

// The bits of Session's `state`, as session-state.ts names them.
enum {
	STATE_IS_ESTABLISHED = 1 << 0,
	STATE_IS_SELECTING = 1 << 1,
	STATE_IS_ENDED_BY_PEER = 1 << 2,
	STATE_HAS_FAILED = 1 << 3,
	STATE_HAS_OUTPUT = 1 << 4,
	STATE_TOOK_SOME = 1 << 5,
	STATE_TOOK_ALL = 1 << 6,
	STATE_READABLE_SHIFT = 7,
};

void xs_xstls_session_destructor(void *data)
{
	xstls_session_free(data);
}

xstls_session *xstls_xs_get_session(xsMachine *the)
{
	return xstls_xs_get_host(the, &xsThis, xs_xstls_session_destructor, "TLS session is closed");
}

void xs_xstls_session_constructor(xsMachine *the)
{
	xstls_xs_require(2);
	xstls_role role = xsmcToInteger(xsArg(1)) ? TLS_CLIENT : TLS_SERVER;
	bool named = xsmcArgc > 2 && xsmcTypeOf(xsArg(2)) != xsUndefinedType;
	char name[HOST_NAME_CAPACITY];
	xstls_config *config;
	xstls_session *session;

	if (named)
		xsmcToStringBuffer(xsArg(2), name, sizeof(name));
	config = xstls_xs_get_config(the, &xsArg(0));
	session = xstls_session_new(config, role, named ? name : NULL);
	xsmcSetHostData(xsThis, session);
	if (session)
		xsmcSetInteger(xsResult, TLS_E_NONE);
	else
		xsmcSetInteger(xsResult, xstls_config_is_sealed(config) ? TLS_E_MEMORY : TLS_E_STATE);
}

// Frees now what garbage collection would free some day. Idempotent.
void xs_xstls_session_free(xsMachine *the)
{
	xstls_session *session = xsmcGetHostDataValidate(xsThis, (void *)xs_xstls_session_destructor);

	xsmcSetHostData(xsThis, NULL);
	xstls_session_free(session);
}

void xs_xstls_session_step(xsMachine *the)
{
	xstls_session_step(xstls_xs_get_session(the));
}

void xs_xstls_session_restore(xsMachine *the)
{
	xstls_xs_require(1);
	xstls_xs_bytes kept = xstls_xs_get_bytes(the, &xsArg(0));
	xstls_session *session = xstls_xs_get_session(the);

	xsmcSetBoolean(xsResult, xstls_session_restore(session, kept.data, kept.length));
}

// One that is longer than so many bytes stays: the server's certificate is in it, and its ticket.
void xs_xstls_session_take_new(xsMachine *the)
{
	xstls_xs_require(1);
	xsIntegerValue most = xsmcToInteger(xsArg(0));
	xstls_session *session = xstls_xs_get_session(the);
	size_t length = xstls_session_export(session, NULL, 0);
	uint8_t *exported;

	if (length == 0 || most < 0 || length > (size_t)most)
		return;
	exported = xsmcSetArrayBuffer(xsResult, NULL, (xsIntegerValue)length);
	if (xstls_session_export(session, exported, length) == 0)
		xsmcSetUndefined(xsResult);
}

// All that a feed may have changed in one number, for each call from JavaScript costs.
static xsIntegerValue state_of(const xstls_session *session)
{
	xstls_status status = xstls_session_status(session);
	xsIntegerValue state = (xsIntegerValue)xstls_session_readable(session) << STATE_READABLE_SHIFT;

	if (xstls_session_is_established(session))
		state |= STATE_IS_ESTABLISHED;
	if (status == TLS_WANTS_IDENTITY)
		state |= STATE_IS_SELECTING;
	if (xstls_session_is_ended_by_peer(session))
		state |= STATE_IS_ENDED_BY_PEER;
	if (status == TLS_FAIL)
		state |= STATE_HAS_FAILED;
	if (xstls_session_pending(session))
		state |= STATE_HAS_OUTPUT;
	return state;
}

void xs_xstls_session_feed(xsMachine *the)
{
	xstls_xs_require(2);
	size_t taken;
	xsIntegerValue offset = xsmcToInteger(xsArg(1));
	xstls_xs_bytes bytes = xstls_xs_get_bytes(the, &xsArg(0));
	xstls_session *session = xstls_xs_get_session(the);

	if (offset < 0 || (xsUnsignedValue)offset > bytes.length)
		xsRangeError("Offset outside of the ciphertext");
	bytes.length -= (xsUnsignedValue)offset;
	taken = xstls_session_feed(session, bytes.data + offset, bytes.length);
	xsmcSetInteger(xsResult,
	               state_of(session) | (taken ? STATE_TOOK_SOME : 0) | (taken == bytes.length ? STATE_TOOK_ALL : 0));
}

// The bytes that the last feed took, for when it did not take all.
void xs_xstls_session_taken(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)xstls_session_taken(xstls_xs_get_session(the)));
}

void xs_xstls_session_feed_end(xsMachine *the)
{
	xstls_session_feed_end(xstls_xs_get_session(the));
}

void xs_xstls_session_state(xsMachine *the)
{
	xsmcSetInteger(xsResult, state_of(xstls_xs_get_session(the)));
}

void xs_xstls_session_pending(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)xstls_session_pending(xstls_xs_get_session(the)));
}

// XS sets a buffer that it is not given the bytes of to zero first, and nearly always one record is all that there is.
static void drain(xsMachine *the, xstls_session *session, xsIntegerValue count)
{
	size_t length;
	const uint8_t *first = xstls_session_ciphertext(session, &length);

	if (count > 0 && (size_t)count <= length) {
		xsmcSetArrayBuffer(xsResult, (void *)first, count);
		xstls_session_has_drained(session, (size_t)count);
	} else
		xstls_session_drain(session, xsmcSetArrayBuffer(xsResult, NULL, count), (size_t)count);
}

void xs_xstls_session_drain(xsMachine *the)
{
	xstls_xs_require(1);
	xsIntegerValue limit = xsmcToInteger(xsArg(0));
	xstls_session *session = xstls_xs_get_session(the);
	xsIntegerValue count = (xsIntegerValue)xstls_session_pending(session);

	if (count > limit)
		count = limit;
	if (count <= 0)
		return;
	drain(the, session, count);
}

// XS sets a buffer that it is not given the bytes of to zero first.
static void read_new(xsMachine *the, xstls_session *session, xsIntegerValue count)
{
	if (count <= 0 || (size_t)count > xstls_session_readable(session))
		xsRangeError("Read of more than there is");
	xsmcSetArrayBuffer(xsResult, (void *)xstls_session_plaintext(session), count);
	xstls_session_has_read(session, (size_t)count);
}

void xs_xstls_session_read(xsMachine *the)
{
	xstls_xs_require(1);
	xsIntegerValue count = xsmcToInteger(xsArg(0));

	read_new(the, xstls_xs_get_session(the), count);
}

// Parameters: how many bytes, and a buffer. If that has the same bytes it is the result, and no copy is made.
void xs_xstls_session_read_like(xsMachine *the)
{
	xstls_xs_require(2);
	// The number first, for it is an integer from then on.
	xsNumberValue number = xsmcToNumber(xsArg(0));
	xsIntegerValue count = xsmcToInteger(xsArg(0));
	xstls_xs_bytes known = xstls_xs_get_bytes(the, &xsArg(1));
	xstls_session *session = xstls_xs_get_session(the);

	if (number != count)
		xsRangeError("Read of part of a byte");
	if (count > 0 && (size_t)count <= xstls_session_readable(session) && (xsUnsignedValue)count == known.length &&
	    memcmp(known.data, xstls_session_plaintext(session), known.length) == 0) {
		xstls_session_has_read(session, (size_t)count);
		xsResult = xsArg(1);
	} else
		read_new(the, session, count);
}

void xs_xstls_session_read_into(xsMachine *the)
{
	xstls_xs_require(1);
	xsUnsignedValue capacity;
	void *data;
	xstls_session *session;

	xsmcGetBufferWritable(xsArg(0), &data, &capacity);
	session = xstls_xs_get_session(the);
	xsmcSetInteger(xsResult, (xsIntegerValue)xstls_session_read(session, data, capacity));
}

// Parameters: the room that the transport has, and the least to assume where the outbox is empty.
void xs_xstls_session_writable(xsMachine *the)
{
	xstls_xs_require(2);
	xsIntegerValue room = xsmcToInteger(xsArg(0)), least = xsmcToInteger(xsArg(1));
	xstls_session *session = xstls_xs_get_session(the);
	xsIntegerValue pending = (xsIntegerValue)xstls_session_pending(session);

	room = pending ? room - pending : room < least ? least : room;
	xsmcSetInteger(xsResult, room > 0 ? (xsIntegerValue)xstls_session_writable(session, (size_t)room) : 0);
}

void xs_xstls_session_write(xsMachine *the)
{
	xstls_xs_require(1);
	xstls_xs_bytes bytes = xstls_xs_get_bytes(the, &xsArg(0));
	xstls_session *session = xstls_xs_get_session(the);

	xsmcSetInteger(xsResult, (xsIntegerValue)xstls_session_write(session, bytes.data, bytes.length));
}

// Encrypts all of the bytes and drains the outbox, `limit` bytes at most; undefined when that has failed.
void xs_xstls_session_send(xsMachine *the)
{
	xstls_xs_require(2);
	xsIntegerValue limit = xsmcToInteger(xsArg(1));
	xstls_xs_bytes bytes = xstls_xs_get_bytes(the, &xsArg(0));
	xstls_session *session = xstls_xs_get_session(the);
	xsIntegerValue count;

	if (xstls_session_write(session, bytes.data, bytes.length) != bytes.length)
		return;
	count = (xsIntegerValue)xstls_session_pending(session);
	if (count > limit)
		count = limit;
	drain(the, session, count);
}

void xs_xstls_session_close(xsMachine *the)
{
	xstls_session_close(xstls_xs_get_session(the));
}

void xs_xstls_session_status(xsMachine *the)
{
	xsmcSetInteger(xsResult, xstls_session_status(xstls_xs_get_session(the)));
}

// The fields of xstls_failure by number, in the order in which session.ts names them.
void xs_xstls_session_failure(xsMachine *the)
{
	xstls_xs_require(1);
	xsIntegerValue field = xsmcToInteger(xsArg(0));
	xstls_failure failure = xstls_session_failure(xstls_xs_get_session(the));

	switch (field) {
	case 0:
		xsmcSetInteger(xsResult, failure.code);
		break;
	case 1:
		xsmcSetInteger(xsResult, failure.alert);
		break;
	case 2:
		xsmcSetInteger(xsResult, failure.alert_received);
		break;
	case 3:
		xsmcSetInteger(xsResult, failure.library);
		break;
	default:
		xsmcSetInteger(xsResult, (xsIntegerValue)failure.verify_flags);
		break;
	}
}

void xs_xstls_session_version(xsMachine *the)
{
	xsmcSetInteger(xsResult, xstls_session_version(xstls_xs_get_session(the)));
}

void xs_xstls_session_cipher(xsMachine *the)
{
	char name[CIPHER_NAME_CAPACITY];

	if (xstls_session_cipher(xstls_xs_get_session(the), name, sizeof(name)))
		xsmcSetString(xsResult, name);
}

// The bytes, for they are of the client's choice and need not be UTF-8.
void xs_xstls_session_asked_name(xsMachine *the)
{
	size_t length;
	const uint8_t *name = xstls_session_asked_name(xstls_xs_get_session(the), &length);

	if (name)
		xsmcSetArrayBuffer(xsResult, (void *)name, (xsIntegerValue)length);
}

void xs_xstls_session_alpn(xsMachine *the)
{
	const char *alpn = xstls_session_alpn(xstls_xs_get_session(the));

	if (alpn)
		xsmcSetString(xsResult, (char *)alpn);
}
