#include "http-head.h"

#include <string.h>

enum { DIGITS = 15, PORT_DIGITS = 5, MAX_PORT = 65535 };

// A bit for each character of US-ASCII.
typedef uint32_t characters[4];

static const characters token = {0x00000000, 0x03ff6cfa, 0xc7fffffe, 0x57ffffff};
// Visible, and no "#".
static const characters target = {0x00000000, 0xfffffff6, 0xffffffff, 0x7fffffff};
// Of a name or an IPv4 address.
static const characters host = {0x00000000, 0x03ff6000, 0x87fffffe, 0x07fffffe};
static const characters hexadecimal = {0x00000000, 0x03ff0000, 0x0000007e, 0x0000007e};

static bool is_in(const characters set, uint8_t c)
{
	return c < 0x80 && set[c >> 5] >> (c & 31) & 1;
}

static bool is_space(uint8_t c)
{
	return c == ' ' || c == '\t';
}

static uint8_t lower(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? (uint8_t)(c + ('a' - 'A')) : c;
}

typedef struct {
	const uint8_t *at, *end;
} reader;

typedef struct {
	const uint8_t *data;
	size_t length;
} text;

static text take(reader *r, const characters set)
{
	text taken = {.data = r->at};

	while (r->at < r->end && is_in(set, *r->at))
		r->at++;
	taken.length = (size_t)(r->at - taken.data);
	return taken;
}

static bool take_byte(reader *r, uint8_t c)
{
	if (r->at == r->end || *r->at != c)
		return false;
	r->at++;
	return true;
}

static bool take_line_end(reader *r)
{
	return take_byte(r, '\r') && take_byte(r, '\n');
}

// `word` is in lower case.
static bool is_word(text t, const char *word)
{
	size_t length = strlen(word);

	if (t.length != length)
		return false;
	for (size_t i = 0; i < length; i++)
		if (lower(t.data[i]) != (uint8_t)word[i])
			return false;
	return true;
}

static bool has_good_escapes(text path)
{
	for (size_t i = 0; i < path.length; i++) {
		if (path.data[i] != '%')
			continue;
		if (path.length - i < 3 || !is_in(hexadecimal, path.data[i + 1]) || !is_in(hexadecimal, path.data[i + 2]) ||
		    (path.data[i + 1] == '0' && path.data[i + 2] == '0'))
			return false;
	}
	return true;
}

static bool read_request_line(reader *r, xstls_http_head *head)
{
	text method = take(r, token), path;
	const uint8_t *mark;

	head->is_get = method.length == 3 && memcmp(method.data, "GET", 3) == 0;
	if (method.length == 0 || (method.length == 7 && memcmp(method.data, "CONNECT", 7) == 0) || !take_byte(r, ' '))
		return false;
	path = take(r, target);
	if (path.length == 0 || path.data[0] != '/')
		return false;
	mark = memchr(path.data, '?', path.length);
	head->has_query = mark;
	if (mark)
		path.length = (size_t)(mark - path.data);
	if (!has_good_escapes(path) || r->end - r->at < 9 || memcmp(r->at, " HTTP/1.", 8) != 0)
		return false;
	r->at += 8;
	head->is_1_0 = *r->at == '0';
	return take_byte(r, head->is_1_0 ? '0' : '1');
}

static bool read_field(reader *r, text *name, text *value)
{
	*name = take(r, token);
	if (name->length == 0 || !take_byte(r, ':'))
		return false;
	while (r->at < r->end && is_space(*r->at))
		r->at++;
	value->data = r->at;
	while (r->at < r->end && ((*r->at >= ' ' && *r->at < 0x7f) || *r->at == '\t'))
		r->at++;
	value->length = (size_t)(r->at - value->data);
	while (value->length && is_space(value->data[value->length - 1]))
		value->length--;
	return take_line_end(r);
}

static bool read_digits(text t, size_t most, uint64_t *number)
{
	*number = 0;
	for (size_t i = 0; i < t.length; i++) {
		if (t.data[i] < '0' || t.data[i] > '9')
			return false;
		*number = *number * 10 + (uint64_t)(t.data[i] - '0');
	}
	return t.length <= most;
}

static bool is_host(text value)
{
	reader r = {value.data, value.data + value.length};
	text name = take(&r, host), digits;
	uint64_t port;

	if (name.length == 0)
		return false;
	if (r.at == r.end)
		return true;
	if (!take_byte(&r, ':'))
		return false;
	digits = (text){r.at, (size_t)(r.end - r.at)};
	return read_digits(digits, PORT_DIGITS, &port) && port <= MAX_PORT;
}

// What has been seen of the fields that frame a message.
typedef struct {
	bool host, length, connection, close, keep;
} seen_fields;

static bool see_connection(seen_fields *seen, text value)
{
	if (seen->connection)
		return false;
	seen->connection = true;
	seen->close = is_word(value, "close");
	seen->keep = is_word(value, "keep-alive");
	return seen->close || seen->keep;
}

static bool see_once(bool *seen)
{
	bool is_first = !*seen;

	*seen = true;
	return is_first;
}

static bool see(seen_fields *seen, text name, text value)
{
	uint64_t number;

	switch (name.length) {
	case 4:
		return !is_word(name, "host") || (see_once(&seen->host) && is_host(value));
	case 6:
		return !is_word(name, "expect");
	case 10:
		return !is_word(name, "connection") || see_connection(seen, value);
	case 14:
		return !is_word(name, "content-length") ||
		       (see_once(&seen->length) && value.length && read_digits(value, DIGITS, &number));
	case 17:
		return !is_word(name, "transfer-encoding");
	default:
		return true;
	}
}

bool xstls_http_head_read(const uint8_t *bytes, size_t length, const xstls_http_limits *limits, xstls_http_head *head)
{
	reader r = {bytes, bytes + length};
	seen_fields seen = {0};
	size_t first;
	text name, value;

	if (!read_request_line(&r, head))
		return false;
	first = (size_t)(r.at - bytes);
	if (first > limits->request_line || !take_line_end(&r))
		return false;
	for (head->count = 0; r.at < r.end && *r.at != '\r'; head->count++)
		if (head->count == limits->count || !read_field(&r, &name, &value) || !see(&seen, name, value))
			return false;
	if (!take_line_end(&r) || !seen.host)
		return false;
	head->length = (size_t)(r.at - bytes);
	head->has_length = seen.length;
	head->keep_alive = head->is_1_0 ? seen.keep : !seen.close;
	return head->length - 4 - first <= limits->fields;
}

xstls_http_span xstls_http_head_word(const uint8_t *bytes, size_t length, unsigned word)
{
	reader r = {bytes, bytes + length};
	text taken = take(&r, token);

	if (word) {
		take_byte(&r, ' ');
		taken = take(&r, target);
	}
	return (xstls_http_span){(size_t)(taken.data - bytes), taken.length};
}

unsigned xstls_http_head_find(const uint8_t *bytes, size_t length, const char *wanted, xstls_http_span *found)
{
	const uint8_t *line_end = memchr(bytes, '\n', length);
	reader r = {line_end ? line_end + 1 : bytes + length, bytes + length};
	unsigned count = 0;
	text name, value;

	while (count < 2 && read_field(&r, &name, &value)) {
		if (!is_word(name, wanted))
			continue;
		if (count++ == 0)
			*found = (xstls_http_span){(size_t)(value.data - bytes), value.length};
	}
	return count;
}
