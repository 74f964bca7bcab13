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

void xs_tls_session_destructor(void *data)
{
	tls_session_free(data);
}

tls_session *tls_xs_get_session(xsMachine *the)
{
	tls_session *session = xsmcGetHostDataValidate(xsThis, (void *)xs_tls_session_destructor);

	if (!session)
		xsTypeError("TLS session is closed");
	return session;
}

void xs_tls_session_constructor(xsMachine *the)
{
	tls_xs_require(2);
	tls_role role = xsmcToInteger(xsArg(1)) ? TLS_CLIENT : TLS_SERVER;
	bool named = xsmcArgc > 2 && xsmcTypeOf(xsArg(2)) != xsUndefinedType;
	char name[HOST_NAME_CAPACITY];
	tls_config *config;
	tls_session *session;

	if (named)
		xsmcToStringBuffer(xsArg(2), name, sizeof(name));
	config = tls_xs_get_config(the, &xsArg(0));
	session = tls_session_new(config, role, named ? name : NULL);
	xsmcSetHostData(xsThis, session);
	if (session)
		xsmcSetInteger(xsResult, TLS_E_NONE);
	else
		xsmcSetInteger(xsResult, tls_config_is_sealed(config) ? TLS_E_MEMORY : TLS_E_STATE);
}

// Frees now what garbage collection would free some day. Idempotent.
void xs_tls_session_free(xsMachine *the)
{
	tls_session *session = xsmcGetHostDataValidate(xsThis, (void *)xs_tls_session_destructor);

	xsmcSetHostData(xsThis, NULL);
	tls_session_free(session);
}

void xs_tls_session_step(xsMachine *the)
{
	tls_session_step(tls_xs_get_session(the));
}

void xs_tls_session_restore(xsMachine *the)
{
	tls_xs_require(1);
	tls_xs_bytes kept = tls_xs_get_bytes(the, &xsArg(0));
	tls_session *session = tls_xs_get_session(the);

	xsmcSetBoolean(xsResult, tls_session_restore(session, kept.data, kept.length));
}

void xs_tls_session_take_new(xsMachine *the)
{
	tls_session *session = tls_xs_get_session(the);
	size_t length = tls_session_export(session, NULL, 0);
	uint8_t *exported;

	if (length == 0)
		return;
	exported = xsmcSetArrayBuffer(xsResult, NULL, (xsIntegerValue)length);
	if (tls_session_export(session, exported, length) == 0)
		xsmcSetUndefined(xsResult);
}

// All that a feed may have changed in one number, for each call from JavaScript costs.
static xsIntegerValue state_of(const tls_session *session)
{
	tls_status status = tls_session_status(session);
	xsIntegerValue state = (xsIntegerValue)tls_session_readable(session) << STATE_READABLE_SHIFT;

	if (tls_session_is_established(session))
		state |= STATE_IS_ESTABLISHED;
	if (status == TLS_WANTS_IDENTITY)
		state |= STATE_IS_SELECTING;
	if (tls_session_is_ended_by_peer(session))
		state |= STATE_IS_ENDED_BY_PEER;
	if (status == TLS_FAIL)
		state |= STATE_HAS_FAILED;
	if (tls_session_pending(session))
		state |= STATE_HAS_OUTPUT;
	return state;
}

void xs_tls_session_feed(xsMachine *the)
{
	tls_xs_require(2);
	size_t taken;
	xsIntegerValue offset = xsmcToInteger(xsArg(1));
	tls_xs_bytes bytes = tls_xs_get_bytes(the, &xsArg(0));
	tls_session *session = tls_xs_get_session(the);

	if (offset < 0 || (xsUnsignedValue)offset > bytes.length)
		xsRangeError("Offset outside of the ciphertext");
	bytes.length -= (xsUnsignedValue)offset;
	taken = tls_session_feed(session, bytes.data + offset, bytes.length);
	xsmcSetInteger(xsResult,
	               state_of(session) | (taken ? STATE_TOOK_SOME : 0) | (taken == bytes.length ? STATE_TOOK_ALL : 0));
}

// The bytes that the last feed took, for when it did not take all.
void xs_tls_session_taken(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)tls_session_taken(tls_xs_get_session(the)));
}

void xs_tls_session_feed_end(xsMachine *the)
{
	tls_session_feed_end(tls_xs_get_session(the));
}

void xs_tls_session_state(xsMachine *the)
{
	xsmcSetInteger(xsResult, state_of(tls_xs_get_session(the)));
}

void xs_tls_session_pending(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)tls_session_pending(tls_xs_get_session(the)));
}

void xs_tls_session_drain(xsMachine *the)
{
	tls_xs_require(1);
	xsIntegerValue limit = xsmcToInteger(xsArg(0));
	tls_session *session = tls_xs_get_session(the);
	xsIntegerValue count = (xsIntegerValue)tls_session_pending(session);

	if (count > limit)
		count = limit;
	if (count <= 0)
		return;
	tls_session_drain(session, xsmcSetArrayBuffer(xsResult, NULL, count), (size_t)count);
}

void xs_tls_session_read(xsMachine *the)
{
	tls_xs_require(1);
	xsIntegerValue count = xsmcToInteger(xsArg(0));
	tls_session *session = tls_xs_get_session(the);

	if (count <= 0 || (size_t)count > tls_session_readable(session))
		xsRangeError("Read of more than there is");
	tls_session_read(session, xsmcSetArrayBuffer(xsResult, NULL, count), (size_t)count);
}

void xs_tls_session_read_into(xsMachine *the)
{
	tls_xs_require(1);
	xsUnsignedValue capacity;
	void *data;
	tls_session *session;

	xsmcGetBufferWritable(xsArg(0), &data, &capacity);
	session = tls_xs_get_session(the);
	xsmcSetInteger(xsResult, (xsIntegerValue)tls_session_read(session, data, capacity));
}

// Parameters: the room that the transport has, and the least to assume where the outbox is empty.
void xs_tls_session_writable(xsMachine *the)
{
	tls_xs_require(2);
	xsIntegerValue room = xsmcToInteger(xsArg(0)), least = xsmcToInteger(xsArg(1));
	tls_session *session = tls_xs_get_session(the);
	xsIntegerValue pending = (xsIntegerValue)tls_session_pending(session);

	room = pending ? room - pending : room < least ? least : room;
	xsmcSetInteger(xsResult, room > 0 ? (xsIntegerValue)tls_session_writable(session, (size_t)room) : 0);
}

void xs_tls_session_write(xsMachine *the)
{
	tls_xs_require(1);
	tls_xs_bytes bytes = tls_xs_get_bytes(the, &xsArg(0));
	tls_session *session = tls_xs_get_session(the);

	xsmcSetInteger(xsResult, (xsIntegerValue)tls_session_write(session, bytes.data, bytes.length));
}

// Encrypts all of the bytes and drains the outbox, `limit` bytes at most; undefined when that has failed.
void xs_tls_session_send(xsMachine *the)
{
	tls_xs_require(2);
	xsIntegerValue limit = xsmcToInteger(xsArg(1));
	tls_xs_bytes bytes = tls_xs_get_bytes(the, &xsArg(0));
	tls_session *session = tls_xs_get_session(the);
	xsIntegerValue count;

	if (tls_session_write(session, bytes.data, bytes.length) != bytes.length)
		return;
	count = (xsIntegerValue)tls_session_pending(session);
	if (count > limit)
		count = limit;
	tls_session_drain(session, xsmcSetArrayBuffer(xsResult, NULL, count), (size_t)count);
}

void xs_tls_session_close(xsMachine *the)
{
	tls_session_close(tls_xs_get_session(the));
}

void xs_tls_session_status(xsMachine *the)
{
	xsmcSetInteger(xsResult, tls_session_status(tls_xs_get_session(the)));
}

// The fields of tls_failure by number, in the order in which session.ts names them.
void xs_tls_session_failure(xsMachine *the)
{
	tls_xs_require(1);
	xsIntegerValue field = xsmcToInteger(xsArg(0));
	tls_failure failure = tls_session_failure(tls_xs_get_session(the));

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

void xs_tls_session_version(xsMachine *the)
{
	xsmcSetInteger(xsResult, tls_session_version(tls_xs_get_session(the)));
}

void xs_tls_session_cipher(xsMachine *the)
{
	char name[CIPHER_NAME_CAPACITY];

	if (tls_session_cipher(tls_xs_get_session(the), name, sizeof(name)))
		xsmcSetString(xsResult, name);
}

// The bytes, for they are of the client's choice and need not be UTF-8.
void xs_tls_session_asked_name(xsMachine *the)
{
	size_t length;
	const uint8_t *name = tls_session_asked_name(tls_xs_get_session(the), &length);

	if (name)
		xsmcSetArrayBuffer(xsResult, (void *)name, (xsIntegerValue)length);
}

void xs_tls_session_alpn(xsMachine *the)
{
	const char *alpn = tls_session_alpn(tls_xs_get_session(the));

	if (alpn)
		xsmcSetString(xsResult, (char *)alpn);
}
