// A firmware without any of the modules: what it takes of flash is the SDK's.
trace("Nothing\n");
