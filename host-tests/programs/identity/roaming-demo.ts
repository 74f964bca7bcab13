// The demo firmware on a network that gives it another address: the third look sees it.

import "./roaming-net";

export { stop } from "../../../main";
