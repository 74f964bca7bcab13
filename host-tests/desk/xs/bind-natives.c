// native("xs_name") becomes native$xs_name, and `const native$xs_name=native("xs_name");` goes before the first line.
//
// A method whose whole body is `return native("xs_name").call(this, …)`, with its own parameters and in their order,
// becomes the C function itself: `method(…)@"xs_name"` is how XS writes that.

#include "bind-natives.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char opening[] = "native(\"", closing[] = "\")", prefix[] = "native$";

enum { openingLength = sizeof(opening) - 1, closingLength = sizeof(closing) - 1, prefixLength = sizeof(prefix) - 1 };
enum { declarationExtra = 64 }; // what a declaration has besides its name, twice

typedef struct {
	const unsigned char *start; // of the whole call
	const unsigned char *name;
	size_t length;
} Call;

static bool isNameCharacter(unsigned char c)
{
	return isalnum(c) || c == '_' || c == '$';
}

// One that is not is told of where it is called.
static bool isThere(const Call *call)
{
	char name[64];
	return snprintf(name, sizeof(name), "%.*s", (int)call->length, call->name) < (int)sizeof(name) &&
	       nativeFunctionOf(name);
}

// What is left of `at` when white space is passed over, to the left.
static const unsigned char *before(const unsigned char *start, const unsigned char *at)
{
	while (at > start && isspace(at[-1]))
		at--;
	return at;
}

static const unsigned char *behind(const unsigned char *at, const unsigned char *end)
{
	while (at < end && isspace(*at))
		at++;
	return at;
}

// Whether `text` stands there; `at` moves behind it and the white space that follows.
static bool skip(const unsigned char **at, const unsigned char *end, const char *text)
{
	size_t length = strlen(text);
	if ((size_t)(end - *at) < length || memcmp(*at, text, length))
		return false;
	*at = behind(*at + length, end);
	return true;
}

// Whether `text` stands left of there; `at` moves before it and the white space that it follows.
static bool skipBack(const unsigned char *start, const unsigned char **at, const char *text)
{
	size_t length = strlen(text);
	if ((size_t)(*at - start) < length || memcmp(*at - length, text, length))
		return false;
	*at = before(start, *at - length);
	return true;
}

// When the call is all that a method does: where its body begins, and `close` where it ends; else NULL.
static const unsigned char *findBody(const unsigned char *start, const Call *call, const unsigned char *end,
                                     const unsigned char **close)
{
	const unsigned char *left = before(start, call->start), *right = call->name + call->length + closingLength;
	const unsigned char *body, *parameters, *arguments;
	if (!isThere(call))
		return NULL;
	if (!skipBack(start, &left, "return") || !skipBack(start, &left, "{"))
		return NULL;
	body = left;
	if (!skipBack(start, &left, ")"))
		return NULL;
	for (parameters = left; parameters > start && parameters[-1] != '(' && parameters[-1] != ')'; parameters--)
		;
	if (!skip(&right, end, ".call(this"))
		return NULL;
	if (left > parameters && !skip(&right, end, ","))
		return NULL;
	arguments = right;
	right += left - parameters;
	if (right > end || memcmp(arguments, parameters, (size_t)(left - parameters)) || !skip(&right, end, ")"))
		return NULL;
	skip(&right, end, ";");
	if (right >= end || *right != '}')
		return NULL;
	*close = right + 1;
	return body;
}

// The first call from `from` on; `start` is NULL when there is none.
static Call findCall(const unsigned char *source, const unsigned char *from, const unsigned char *end)
{
	const unsigned char *found;
	while ((found = memmem(from, (size_t)(end - from), opening, openingLength))) {
		const unsigned char *name = found + openingLength, *next = name;
		bool isWhole = found == source || !(isNameCharacter(found[-1]) || found[-1] == '.');
		while (next < end && isNameCharacter(*next))
			next++;
		if (isWhole && next > name && (size_t)(end - next) >= closingLength && !memcmp(next, closing, closingLength))
			return (Call){found, name, (size_t)(next - name)};
		from = name;
	}
	return (Call){NULL, NULL, 0};
}

static bool isDeclared(const unsigned char *declarations, size_t length, const Call *call)
{
	const unsigned char *end = declarations + length;
	for (Call each = findCall(declarations, declarations, end); each.start;
	     each = findCall(declarations, each.name, end))
		if (each.length == call->length && !memcmp(each.name, call->name, call->length))
			return true;
	return false;
}

static unsigned char *append(unsigned char *to, const void *text, size_t length)
{
	memcpy(to, text, length);
	return to + length;
}

static unsigned char *declare(unsigned char *to, const Call *call)
{
	to = append(to, "const ", 6);
	to = append(to, prefix, prefixLength);
	to = append(to, call->name, call->length);
	*to++ = '=';
	to = append(to, opening, openingLength);
	to = append(to, call->name, call->length);
	to = append(to, closing, closingLength);
	*to++ = ';';
	return to;
}

// `@"name"`, and the lines that the body had.
static unsigned char *replaceBody(unsigned char *to, const Call *call, const unsigned char *body,
                                  const unsigned char *close)
{
	*to++ = '@';
	*to++ = '"';
	to = append(to, call->name, call->length);
	*to++ = '"';
	for (const unsigned char *at = body; at < close; at++)
		if (*at == '\n')
			*to++ = '\n';
	return to;
}

unsigned char *bindNatives(unsigned char *source, size_t *length)
{
	const unsigned char *end = source + *length, *from = source;
	size_t room = *length + 1;
	const unsigned char *close;
	unsigned char *bound, *declared, *to;
	for (Call call = findCall(source, source, end); call.start; call = findCall(source, call.name, end))
		room += 2 * call.length + declarationExtra;
	if (!(bound = malloc(room))) {
		free(source);
		return NULL;
	}
	declared = bound;
	for (Call call = findCall(source, source, end); call.start; call = findCall(source, call.name, end))
		if (!findBody(source, &call, end, &close) && !isDeclared(bound, (size_t)(declared - bound), &call))
			declared = declare(declared, &call);
	to = declared;
	for (Call call = findCall(source, source, end); call.start; call = findCall(source, from, end)) {
		const unsigned char *body = findBody(from, &call, end, &close);
		to = append(to, from, (size_t)((body ? body : call.start) - from));
		if (body) {
			to = replaceBody(to, &call, body, close);
			from = close;
			continue;
		}
		to = append(to, prefix, prefixLength);
		to = append(to, call.name, call.length);
		from = call.name + call.length + closingLength;
	}
	to = append(to, from, (size_t)(end - from));
	free(source);
	*length = (size_t)(to - bound);
	return bound;
}
