/** Whose dues something is: of a file the name, and where it lies (党费交纳人). */
export type Holder = { id: string; orgId: string; name: string }
