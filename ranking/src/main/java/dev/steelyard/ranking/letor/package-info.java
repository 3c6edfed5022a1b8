/**
 * Judged query results: {@link dev.steelyard.ranking.letor.LetorFile} reads LETOR's SVM-light text, {@link
 * dev.steelyard.ranking.letor.RankingEvaluator} measures a ranker on them, {@link
 * dev.steelyard.ranking.letor.RankingJudge} on queries that come one by one.
 */
package dev.steelyard.ranking.letor;
