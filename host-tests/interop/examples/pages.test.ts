// The examples' pages, served by the desk.

import { test } from "@jest/globals";
import { desk, makeIdentities } from "./example";
import { pages } from "./pages";

makeIdentities();
for (const [title, look] of Object.entries(pages)) test(title, () => look(desk));
