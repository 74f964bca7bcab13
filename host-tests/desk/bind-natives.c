// native("xs_name") becomes native$xs_name, and `const native$xs_name=native("xs_name");` goes before the first line.

#include "bind-natives.h"

#include <ctype.h>
#include <stdbool.h>
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

unsigned char *bindNatives(unsigned char *source, size_t *length)
{
	const unsigned char *end = source + *length, *from = source;
	size_t room = *length + 1;
	unsigned char *bound, *declared, *to;
	for (Call call = findCall(source, source, end); call.start; call = findCall(source, call.name, end))
		room += 2 * call.length + declarationExtra;
	if (!(bound = malloc(room))) {
		free(source);
		return NULL;
	}
	declared = bound;
	for (Call call = findCall(source, source, end); call.start; call = findCall(source, call.name, end))
		if (!isDeclared(bound, (size_t)(declared - bound), &call))
			declared = declare(declared, &call);
	to = declared;
	for (Call call = findCall(source, source, end); call.start; call = findCall(source, from, end)) {
		to = append(to, from, (size_t)(call.start - from));
		to = append(to, prefix, prefixLength);
		to = append(to, call.name, call.length);
		from = call.name + call.length + closingLength;
	}
	to = append(to, from, (size_t)(end - from));
	free(source);
	*length = (size_t)(to - bound);
	return bound;
}
