trace("started\n");
for (;;);
