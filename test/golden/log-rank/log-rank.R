# Log-rank tests by R's survival package: prints the golden cases as JSON. Rscript log-rank.R > cases.json
# The exact p of small groups is counted by testing every choice of members for the first group.
suppressMessages(library(survival))
set.seed(41)

one <- function(time, event, group) {
  # survdiff orders groups; group 1 is the first.
  test <- survdiff(Surv(time, event) ~ group)
  c(observed = test$obs[1], expected = test$exp[1], variance = test$var[1, 1], chisq = test$chisq)
}

number <- function(values) paste0("[", paste(sprintf("%.17g", values), collapse = ", "), "]")
group <- function(time, event) sprintf('{ "time": %s, "event": %s }', number(time), number(event))

case <- function(name, time1, event1, time2, event2, exact = FALSE) {
  time <- c(time1, time2); event <- c(event1, event2)
  n1 <- length(time1); n <- length(time)
  label <- function(first) ifelse(seq_len(n) %in% first, 1, 2)
  own <- one(time, event, label(seq_len(n1)))
  difference <- own[["observed"]] - own[["expected"]]
  if (exact) {
    all <- combn(n, n1, function(first) { t <- one(time, event, label(first)); t[["observed"]] - t[["expected"]] })
    p1 <- mean(all >= difference - 1e-9); p2 <- mean(abs(all) >= abs(difference) - 1e-9)
  } else {
    p1 <- pnorm(difference / sqrt(own[["variance"]]), lower.tail = FALSE)
    p2 <- pchisq(own[["chisq"]], 1, lower.tail = FALSE)
  }
  sprintf('  { "name": "%s", "method": "%s",\n    "first": %s,\n    "second": %s,\n    "observed": %.17g, "expected": %.17g, "variance": %.17g, "chiSquare": %.17g, "pOneSided": %.17g, "pTwoSided": %.17g }',
          name, if (exact) "exact" else "normal-approximation", group(time1, event1), group(time2, event2),
          own[["observed"]], own[["expected"]], own[["variance"]], own[["chisq"]], p1, p2)
}

censor <- function(time, limit) list(time = pmin(time, limit), event = as.numeric(time <= limit))
random <- function(name, n1, n2, rate1, rate2, limit, digits, exact = FALSE) {
  a <- censor(round(rexp(n1, rate1), digits), limit); b <- censor(round(rexp(n2, rate2), digits), limit)
  case(name, a$time, a$event, b$time, b$event, exact)
}

# Freireich et al., Blood 21 (1963) 699-716: weeks of remission; the test is in many textbooks (chi-square 16.79).
treated <- list(time = c(6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35),
                event = c(1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0))
placebo <- c(1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)

cases <- c(
  case("leukemia, Freireich 1963", treated$time, treated$event, placebo, rep(1, 21)),
  case("leukemia, the other way round", placebo, rep(1, 21), treated$time, treated$event),
  random("no ties, 30 and 40", 30, 40, 1, 0.5, 2, 6),
  random("no difference, 60 and 45", 60, 45, 1, 1, 1.5, 6),
  random("many ties, 150 and 120", 150, 120, 1, 0.8, 1.5, 1),
  random("exact, no ties, 5 and 6", 5, 6, 2, 1, 1, 4, exact = TRUE),
  random("exact, ties and censored members, 6 and 6", 6, 6, 1.5, 0.7, 1.5, 0, exact = TRUE),
  random("exact, few against many, 2 and 9", 2, 9, 3, 1, 1, 1, exact = TRUE),
  case("exact, one group never", c(5, 10, 10), c(1, 1, 1), c(60, 80, 90, 40), c(0, 0, 0, 0), exact = TRUE)
)
cat(sprintf('{\n "origin": "survdiff of R\'s survival %s, by log-rank.R",\n "cases": [\n%s\n ]\n}\n', packageVersion("survival"), paste(cases, collapse = ",\n")))
