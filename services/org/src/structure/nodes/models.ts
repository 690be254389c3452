/** Whatever was found by its id, told apart by its type. */
export type Node = { __typename: string }
