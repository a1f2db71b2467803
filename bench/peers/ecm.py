"""The weights of recordlinkage's ECM classifier."""
import numpy
import recordlinkage

LEAST_LOG = -20.0  # of a level that never occurred


def weights(vectors):
    """log2 odds of each row of 0 and 1; prob() of the package ties at 1 for thousands of pairs."""
    classifier = recordlinkage.ECMClassifier(init="jaro")
    classifier.fit(vectors)
    m, u = (numpy.array([[max(table[c].get(value, LEAST_LOG), LEAST_LOG) for value in (0, 1)] for c in vectors.columns])
            for table in (classifier.log_m_probs, classifier.log_u_probs))
    agreed = vectors.to_numpy()
    evidence = agreed @ (m - u)[:, 1] + (1 - agreed) @ (m - u)[:, 0]
    prior = classifier.log_p - numpy.log1p(-numpy.exp(classifier.log_p))
    return (evidence + prior) / numpy.log(2)
