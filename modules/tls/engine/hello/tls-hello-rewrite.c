#include "tls-hello-rewrite.h"

#include <string.h>

#include "tls-hello-parts.h"

enum { TLS_1_2 = 0x0303, TLS_1_3 = 0x0304, SECP256R1 = 23, PSK_DHE_KE = 1, MESSAGE_HEADER = 4 };

typedef struct {
	uint8_t *start, *at;
} writer;

static void put(writer *w, const uint8_t *bytes, size_t count)
{
	if (count)
		memcpy(w->at, bytes, count);
	w->at += count;
}

static void put_number(writer *w, size_t number, size_t width)
{
	for (size_t i = width; i-- > 0;)
		*w->at++ = (uint8_t)(number >> 8 * i);
}

// Of a vector whose length of `width` bytes stands before `start`.
static void end_vector(const writer *w, uint8_t *start, size_t width)
{
	size_t length = (size_t)(w->at - start);

	for (size_t i = 1; i <= width; i++, length >>= 8)
		start[-(ptrdiff_t)i] = (uint8_t)length;
}

static uint8_t *begin_vector(writer *w, size_t width)
{
	return w->at += width;
}

// RFC 8446 §4.2.9: psk_ke and psk_dhe_ke.
static bool is_known(uint8_t mode)
{
	return mode <= PSK_DHE_KE;
}

static xstls_hello_span modes_of(xstls_hello_span body)
{
	xstls_reader r = xstls_read_span(body);
	xstls_hello_span modes = xstls_take_vector(&r, 1, 1);

	return xstls_is_read(&r) ? modes : (xstls_hello_span){0};
}

static size_t count_known(xstls_hello_span modes)
{
	size_t count = 0;

	for (size_t i = 0; i < modes.length; i++)
		count += is_known(modes.data[i]);
	return count;
}

// SignatureSchemes (RFC 8446 §4.2.3) that this engine may sign by, or that an issuer may have signed by.
static const uint16_t schemes[] = {0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601};
enum { SCHEMES = sizeof(schemes) / sizeof(schemes[0]), MOST_SCHEMES_READ = 19 };

static xstls_hello_span schemes_of(xstls_hello_span body)
{
	xstls_reader r = xstls_read_span(body);
	xstls_hello_span list = xstls_take_vector(&r, 2, 2);

	return xstls_is_read(&r) && list.length % 2 == 0 ? list : (xstls_hello_span){0};
}

// Writes those that are known here, each once, in the list's order, or with NULL none of them; returns how many.
static size_t put_known_schemes(writer *w, xstls_hello_span list)
{
	unsigned seen = 0;
	size_t count = 0;

	for (size_t at = 0; at + 1 < list.length; at += 2)
		for (size_t i = 0; i < SCHEMES; i++) {
			if ((list.data[at] << 8 | list.data[at + 1]) != schemes[i] || seen >> i & 1)
				continue;
			seen |= 1u << i;
			count++;
			if (w)
				put_number(w, schemes[i], 2);
		}
	return count;
}

// mbedTLS reads so many, those that it does not know as well.
static bool has_schemes_unread(xstls_hello_span body)
{
	const xstls_hello_span list = schemes_of(body);

	return list.length > 2 * MOST_SCHEMES_READ && put_known_schemes(NULL, list);
}

static void put_schemes(writer *w, xstls_hello_span list)
{
	uint8_t *body, *known;

	put_number(w, TLS_HELLO_SIGNATURE_ALGORITHMS, 2);
	body = begin_vector(w, 2);
	known = begin_vector(w, 2);
	put_known_schemes(w, list);
	end_vector(w, known, 2);
	end_vector(w, body, 2);
}

// Whether TLS 1.2 stands before TLS 1.3 in supported_versions.
static bool prefers_1_2(xstls_hello_span body)
{
	xstls_reader r = xstls_read_span(body), versions = xstls_read_span(xstls_take_vector(&r, 1, 2));
	bool saw_1_2 = false;

	while (versions.left && !versions.broken) {
		size_t version = xstls_take_number(&versions, 2);

		if (version == TLS_1_3)
			return saw_1_2;
		saw_1_2 |= version == TLS_1_2;
	}
	return false;
}

static bool is_to_change(const xstls_hello_extension *extension, bool is_1_3)
{
	if (!is_1_3)
		return false;
	if (extension->type == TLS_HELLO_SUPPORTED_VERSIONS)
		return prefers_1_2(extension->body);
	if (extension->type == TLS_HELLO_SIGNATURE_ALGORITHMS)
		return has_schemes_unread(extension->body);
	if (extension->type == TLS_HELLO_PSK_MODES) {
		xstls_hello_span modes = modes_of(extension->body);

		return count_known(modes) < modes.length;
	}
	return false;
}

bool xstls_hello_needs_rewriting(const uint8_t *message, size_t length, bool is_1_3)
{
	xstls_hello_parts parts = xstls_hello_take_apart(message, length);
	xstls_hello_extension extension;
	bool has_groups = false, changes = parts.legacy_version != TLS_1_2;

	while (xstls_hello_next_extension(&parts.extensions, &extension)) {
		has_groups |= extension.type == TLS_HELLO_SUPPORTED_GROUPS;
		changes |= is_to_change(&extension, is_1_3);
	}
	return changes || (!is_1_3 && !has_groups);
}

static void put_versions(writer *w)
{
	put_number(w, TLS_HELLO_SUPPORTED_VERSIONS, 2);
	put_number(w, 3, 2);
	put_number(w, 2, 1);
	put_number(w, TLS_1_3, 2);
}

// None at all where no known mode is left.
static void put_modes(writer *w, xstls_hello_span modes)
{
	size_t count = count_known(modes);

	if (count == 0)
		return;
	put_number(w, TLS_HELLO_PSK_MODES, 2);
	put_number(w, 1 + count, 2);
	put_number(w, count, 1);
	for (size_t i = 0; i < modes.length; i++)
		if (is_known(modes.data[i]))
			put_number(w, modes.data[i], 1);
}

static void put_groups(writer *w)
{
	put_number(w, TLS_HELLO_SUPPORTED_GROUPS, 2);
	put_number(w, 4, 2);
	put_number(w, 2, 2);
	put_number(w, SECP256R1, 2);
}

// Not those that depend on what is changed: early data on its key's being the first, keys on a mode that is known.
static bool is_to_drop(const xstls_hello_extension *extension, bool has_mode, bool is_1_3)
{
	return extension->type == TLS_HELLO_EARLY_DATA ||
	       (extension->type == TLS_HELLO_PRE_SHARED_KEY && !(is_1_3 && has_mode));
}

static void put_extension(writer *w, const xstls_hello_extension *extension, bool is_1_3)
{
	if (!is_to_change(extension, is_1_3))
		put(w, extension->whole.data, extension->whole.length);
	else if (extension->type == TLS_HELLO_SUPPORTED_VERSIONS)
		put_versions(w);
	else if (extension->type == TLS_HELLO_SIGNATURE_ALGORITHMS)
		put_schemes(w, schemes_of(extension->body));
	else
		put_modes(w, modes_of(extension->body));
}

size_t xstls_hello_rewrite(const uint8_t *message, size_t length, bool is_1_3, uint8_t *into)
{
	xstls_hello_parts parts = xstls_hello_take_apart(message, length);
	xstls_hello_extension extension;
	writer w = {into, into + MESSAGE_HEADER};
	bool has_groups = false, has_mode = true;
	uint8_t *list;

	into[0] = message[0];
	put_number(&w, TLS_1_2, 2);
	put(&w, parts.start.data, parts.start.length);
	list = begin_vector(&w, 2);
	while (xstls_hello_next_extension(&parts.extensions, &extension)) {
		has_groups |= extension.type == TLS_HELLO_SUPPORTED_GROUPS;
		// Pre-shared keys are the last of all.
		if (extension.type == TLS_HELLO_PSK_MODES)
			has_mode = count_known(modes_of(extension.body)) > 0;
		if (!is_to_drop(&extension, has_mode, is_1_3))
			put_extension(&w, &extension, is_1_3);
	}
	if (!is_1_3 && !has_groups)
		put_groups(&w);
	end_vector(&w, list, 2);
	end_vector(&w, into + MESSAGE_HEADER, 3);
	return (size_t)(w.at - into);
}
