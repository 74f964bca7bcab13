// Paths that are taken apart in C beside those that the router's tree finds. What differs is told.

import { compareWays } from "../../unit/httpsd/routing/router-ways";

const times = 500;
const { differences, found } = compareWays(times);
for (const each of differences) trace(`differs: ${each}\n`);
trace(`routers: ${times}, found: ${found}\n`);
