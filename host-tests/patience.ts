// Real clients and real keys take as long as the machine lets them; no test asserts by itself that something was quick.
// A test that waits says what for and gives it a deadline (deadline.ts): this is for one that hangs all the same.
import { jest } from "@jest/globals";
import { scaled } from "./pace";

jest.setTimeout(scaled(300_000));
