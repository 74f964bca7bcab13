// Runs a target over inputs that are there, where there is no libFuzzer, and makes the seeds:
// TARGET FILE-OR-FOLDER... or TARGET --seeds FOLDER.

#include <dirent.h>
#include <stdlib.h>

#include "fuzz.h"

static size_t replayed;

static void replay_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	uint8_t *data;
	long length;

	fuzz_check(file && fseek(file, 0, SEEK_END) == 0, path);
	length = ftell(file);
	rewind(file);
	data = malloc((size_t)length + (length == 0));
	fuzz_check(data && fread(data, 1, (size_t)length, file) == (size_t)length, path);
	fclose(file);
	LLVMFuzzerTestOneInput(data, (size_t)length);
	free(data);
	replayed++;
}

static void replay(const char *path)
{
	DIR *folder = opendir(path);
	char name[1024];

	if (!folder) {
		replay_file(path);
		return;
	}
	for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
		replay_file(name);
	}
	closedir(folder);
}

int main(int count, char **parameters)
{
	if (count == 3 && strcmp(parameters[1], "--seeds") == 0) {
		fuzz_set_corpus(parameters[2]);
		fuzz_make_seeds();
		return 0;
	}
	for (int i = 1; i < count; i++)
		replay(parameters[i]);
	printf("%zu inputs\n", replayed);
	return 0;
}
