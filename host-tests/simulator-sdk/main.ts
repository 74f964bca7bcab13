// The SDK's HTTP server and fetch as an application of the simulator.

import "simulator/abort";
import "programs/sdk-fetch";
