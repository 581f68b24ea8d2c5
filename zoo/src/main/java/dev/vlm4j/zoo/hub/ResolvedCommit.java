package dev.vlm4j.zoo.hub;

import java.util.List;
import java.util.Optional;

/**
 * What a revision turned out to be.
 *
 * @param commit the commit
 * @param info what the Hub says; empty if it was not asked
 * @param files the listing; empty if it is unknown and only the cache can be used
 */
record ResolvedCommit(String commit, Optional<RepositoryInfo> info, List<RemoteFile> files) {}
