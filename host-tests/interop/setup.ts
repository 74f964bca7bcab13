// Runs once before the interop tests, whose files run side by side.

import { makeIdentities } from "./identities";

export default makeIdentities;
