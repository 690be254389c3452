/** Whether a publication says what each member has paid; `effectiveFrom` and `basis` null where the county has decided nothing. */
export type PublicationPolicy = { namesMembers: boolean; effectiveFrom: string | null; basis: string | null }

/** Totals and uses, and nobody's name: what the regulation asks for (党费规定 2008, art. 26). */
export const undecided: PublicationPolicy = { namesMembers: false, effectiveFrom: null, basis: null }
