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

/** A column as it goes over the border. */
export interface GivenColumn {
  name: string;
  kind: 'floats' | 'integers' | 'counts' | 'codes' | 'texts' | 'flags' | 'instants' | 'local';
  values: Float64Array | BigInt64Array | Int32Array | Uint32Array | Uint8Array;
  /** 0 where a row is null. */
  valid?: Uint8Array;
  /** The texts that the values are places of. */
  texts?: string[];
  /** The unit of times: milliseconds without one. */
  unit?: string;
}

/** A column as it comes back. */
export interface MadeColumn {
  name: string;
  values: Float64Array | BigInt64Array | Uint32Array | Uint16Array | Uint8Array | boolean[];
  valid?: Uint8Array;
  texts?: string[];
}

/** Calls a function of the table of analytics, on another thread. */
export declare function analyze(
  name: string,
  columns: GivenColumn[],
  options: string,
): Promise<{ envelope: string; columns: MadeColumn[] }>;
