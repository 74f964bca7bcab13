// A plugin of qemu's (docs/devel/tcg-plugins in its source) that counts the instructions which a program takes, as
// valgrind's cachegrind does where it can; both agree within 0.4 % on the servers of `make bench`. What it uses of the
// interface is declared here, for Debian has no header of it.

#include <inttypes.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

typedef uint64_t plugin_id;
// Instructions that are translated together and run from the first to the last.
typedef struct qemu_plugin_tb block;

enum { REGISTERS_UNTOUCHED = 0 };

void qemu_plugin_register_vcpu_tb_trans_cb(plugin_id id, void (*translated)(plugin_id id, block *of));
size_t qemu_plugin_tb_n_insns(const block *of);
void qemu_plugin_register_vcpu_tb_exec_cb(block *of, void (*begun)(unsigned processor, void *data), int registers,
                                          void *data);
void qemu_plugin_register_atexit_cb(plugin_id id, void (*ended)(plugin_id id, void *data), void *data);
// Is in the first version of the interface only. All else here is the same in later ones, which refuse the first.
__attribute__((weak)) void qemu_plugin_register_vcpu_tb_exec_inline(block *of, int what, void *where, uint64_t number);

int qemu_plugin_install(plugin_id id, const void *about, int count, char **options);

int qemu_plugin_version;

static uint64_t instructions;

__attribute__((constructor)) static void choose_version(void)
{
	qemu_plugin_version = qemu_plugin_register_vcpu_tb_exec_inline ? 1 : 2;
}

static void begun(unsigned processor, void *length)
{
	(void)processor;
	instructions += (uintptr_t)length;
}

static void translated(plugin_id id, block *of)
{
	(void)id;
	qemu_plugin_register_vcpu_tb_exec_cb(of, begun, REGISTERS_UNTOUCHED, (void *)qemu_plugin_tb_n_insns(of));
}

static void ended(plugin_id id, void *data)
{
	(void)id;
	(void)data;
	fprintf(stderr, "instructions: %" PRIu64 "\n", instructions);
}

int qemu_plugin_install(plugin_id id, const void *about, int count, char **options)
{
	(void)about;
	(void)count;
	(void)options;
	qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
	qemu_plugin_register_atexit_cb(id, ended, NULL);
	return 0;
}
