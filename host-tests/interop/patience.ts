// Real clients take as long as the machine lets them; what a test asserts is never that it was quick.
import { jest } from "@jest/globals";

jest.setTimeout(60_000);
