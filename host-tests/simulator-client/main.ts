// The SDK's clients as an application of the simulator.

import "simulator/abort";
import "programs/sdk-clients";
