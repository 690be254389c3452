/** How much one request may ask for, and how long it may take. */
export type Limits = {
  depth: number
  aliases: number
  tokens: number
  rootFields: number
  directives: number
  /** Fields once all fragments are unfolded. */
  selections: number
  /** Things that one operation asks for: the product of the lists on its paths. */
  nodes: number
  /** What an account may ask for at once, and how much of it comes back in a second. */
  costBucket: number
  costPerSecond: number
  bodyBytes: number
  inFlight: number
  /** Of those under way at once, what one account may have. */
  inFlightEach: number
  /** How long the body of a query may take to arrive. */
  bodyTimeoutMs: number
  uploadBytes: number
  requestTimeoutMs: number
  subgraphTimeoutMs: number
  uploadTimeoutMs: number
}
