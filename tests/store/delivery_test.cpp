#include "store/delivery.h"

#include <gtest/gtest.h>
