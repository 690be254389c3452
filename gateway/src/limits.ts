/** How much one request may ask for, and how long it may take. */
export type Limits = {
  depth: number
  aliases: number
  tokens: number
  rootFields: number
  directives: number
  /** Fields once all fragments are unfolded. */
  selections: number
  bodyBytes: number
  inFlight: number
  uploadBytes: number
  requestTimeoutMs: number
  subgraphTimeoutMs: number
  uploadTimeoutMs: number
}
