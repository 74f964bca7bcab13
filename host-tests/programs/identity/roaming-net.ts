// A network whose lease changes.

import Net from "net";

let looks = 0;
(Net as unknown as { get: () => string }).get = () => (++looks < 3 ? "127.0.0.1" : "192.168.7.7");
