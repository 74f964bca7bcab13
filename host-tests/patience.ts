// Real clients and real keys take as long as the machine lets them; no test asserts that something was quick.
import { jest } from "@jest/globals";

jest.setTimeout(60_000);
