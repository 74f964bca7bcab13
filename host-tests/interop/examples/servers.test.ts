// Examples that serve, on the desk.

import { test } from "@jest/globals";
import { desk, makeIdentities } from "./example";
import { servers } from "./servers";

makeIdentities();
for (const [title, look] of Object.entries(servers)) test(title, () => look(desk));
