// Examples that connect, on the desk. MQTT's client is loaded from the SDK that MODDABLE names, and so is HTTP's where it is set.

import { test } from "@jest/globals";
import { clients, mqtt } from "./clients";
import { desk, makeIdentities } from "./example";

makeIdentities();
for (const [title, look] of Object.entries(clients))
	if (title === mqtt && process.env.MODDABLE === undefined)
		test.skip(`${title} (skipped: MODDABLE is not set)`, () => {});
	else test(title, () => look(desk));
