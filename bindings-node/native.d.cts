/** The engine behind its one entry point. */
export declare class Handle {
  open(options: string): Promise<string>;
  call(operation: string, request: string): Promise<string>;
  close(): void;
}
