export { type CheckFinding, type CheckVerdict, startCheck } from './check_log.ts';
export { fulfil, nodesOf, type Plan, planConsistency, planInclusion, planRoot } from './proof.ts';
export { hashLeaves } from './sha256.ts';
export { checkSignature, makeSigningKey, openSigningKey, type SigningKey, signHead } from './sign.ts';
export {
  appendLeaves,
  type CompactTree,
  type CompletedNodes,
  emptyTree,
  type NodeId,
  peakIds,
  rootOf,
  treeFrom,
} from './tree.ts';
export {
  type ConsistencyClaim,
  emptyRoot,
  fromBase64,
  type Head,
  hashChildren,
  hashLeaf,
  type InclusionClaim,
  openHead,
  readKey,
  toBase64,
  toHex,
  type VerifierKey,
  verifyConsistency,
  verifyInclusion,
} from './verify.ts';
