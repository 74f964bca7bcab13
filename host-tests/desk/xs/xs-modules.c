// What XS asks of its platform for modules: where one is, and its code.

#include "xsAll.h"
#include "xsScript.h"

#include "bind-natives.h"
#include "common/charged.h"
#include "common/module-map.h"
#include "xs-archive.h"
#include "xs-compile.h"
#include "xs-linked.h"

static void throwMessage(txMachine *the, txSlot *constructor, const char *message)
{
	mxPushSlot(constructor);
	mxNew();
	mxPushStringC((txString)message);
	mxRunCount(1);
	mxPull(mxException);
	fxJump(the);
}

txID fxFindModule(txMachine *the, txSlot *realm, txID moduleID, txSlot *slot)
{
	char specifier[C_PATH_MAX], path[C_PATH_MAX], message[3 * C_PATH_MAX];
	const char *importer = moduleID == XS_NO_ID ? NULL : fxGetKeyName(the, moduleID);
	(void)realm;
	fxToStringBuffer(the, slot, specifier, sizeof(specifier));
	if (moduleMapFind(importer, specifier, path, sizeof(path)))
		return fxNewNameC(the, path);
	snprintf(message, sizeof(message), "cannot find module \"%s\"%s%s: there is no file %s", specifier,
	         importer ? " that is imported by " : "", importer ? moduleMapShow(importer) : "", moduleMapShow(path));
	throwMessage(the, &mxReferenceErrorConstructor, message);
	return XS_NO_ID;
}

// The C functions of the module that is being resolved, by the names that the compiler has left: for each how many
// parameters it has and an id, which is not used, then its name.
static txS1 *hosts;

static void buildHosts(txMachine *the)
{
	txS1 *at = hosts;
	txID count;
	txHostFunctionBuilder *builders;
	mxDecodeID(at, count);
	builders = malloc((size_t)count * sizeof(txHostFunctionBuilder));
	if (!builders)
		fxAbort(the, XS_NOT_ENOUGH_MEMORY_EXIT);
	for (txID i = 0; i < count; i++) {
		txInteger length = *at++;
		at += sizeof(txID);
		builders[i] = (txHostFunctionBuilder){(txCallback)nativeFunctionOf(at), length, XS_NO_ID};
		at += strlen(at) + 1;
	}
	fxBuildHosts(the, count, builders);
	free(builders);
	mxPullSlot(mxResult);
}

void fxLoadModule(txMachine *the, txSlot *module, txID moduleID)
{
	char path[C_PATH_MAX], message[2 * C_PATH_MAX];
	txScript script;
	snprintf(path, sizeof(path), "%s", fxGetKeyName(the, moduleID));
	if (!linkedFind(path, &script)) {
		// The code of modules is never in a device's RAM.
		bool charged = chargedSet(false);
		txSlot *errorClass = moduleMakeScript(the, path, &script, message, sizeof(message));
		chargedSet(charged);
		if (errorClass)
			throwMessage(the, errorClass, message);
	}
	hosts = script.hostsBuffer;
	script.callback = hosts ? buildHosts : C_NULL;
	fxResolveModule(the, module, moduleID, &script, C_NULL, C_NULL);
}

void deskFreeCode(void)
{
	linkedFree();
	archiveFree();
}
