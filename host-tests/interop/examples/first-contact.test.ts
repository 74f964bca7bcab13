// The example of a device without Wi-Fi, on the desk.

import { test } from "@jest/globals";
import { desk } from "./example";
import { lookAtFirstContact, title } from "./first-contact";

test(title, () => lookAtFirstContact(desk));
