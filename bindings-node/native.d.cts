/** Takes a request of the engine's in JSON and promises the answer. */
type HostFunction = (request: string) => Promise<string>;

/** The engine behind its one entry point. */
export declare class Handle {
  open(options: string, log?: HostFunction, model?: HostFunction): Promise<string>;
  /** Answers a call; if asked to, with long lists as tables. */
  call(operation: string, request: string, packed?: boolean): Promise<string>;
  close(): void;
}

/** The names of the checks for logs. */
export declare function logChecks(): string[];

/** Puts a new, empty log to one check. */
export declare function checkLog(check: string, log: HostFunction): Promise<string>;

/** Answers a call of a function with an envelope. */
export declare function compute(name: string, input: string): string;
