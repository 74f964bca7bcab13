// The interop tests' server as an application of the simulator. Its port is the system's choice, and traced.

import "./abort";
import "../programs/server/https-server";
