export const branchKinds: ReadonlySet<string> = new Set(['BRANCH', 'JOINT_BRANCH', 'TEMPORARY_BRANCH'])

/** Whether it is a branch (党支部): people belong to it, and no organisation is below it. A general branch (党总支) is none. */
export const isBranch = (organisationKind: string): boolean => branchKinds.has(organisationKind)
